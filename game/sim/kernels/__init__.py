"""How expressions become computation.  Nobody outside this folder knows which way was taken."""
