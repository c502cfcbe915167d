"""The Data studio: what learners do with data before anything learns from them."""
