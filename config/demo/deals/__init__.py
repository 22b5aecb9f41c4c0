"""The seven deals of the demo story, a module each."""
