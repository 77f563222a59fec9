"""Many games at once: batches of seeds, and claims held against them."""
