"""Training: activations, losses, optimizers and what else makes one update."""
