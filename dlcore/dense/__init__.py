"""The dense fast path: many plain dense networks of one shape, trained as one, without autograd.

Read in this order: `shape` (what is trained together), `network` (forward and backward), `activations` and `losses`
(their derivatives), `optimizers`, `regularizers`, `order` and `track` (which samples come next), `replica` (one run),
`stack` (all of them, update by update).
"""
