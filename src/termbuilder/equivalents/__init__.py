"""English for Chinese terms: one module for each source of it, and `weigh`, which ranks what they offer."""
