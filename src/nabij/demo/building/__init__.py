"""Builds the demo by calling the verbs, each as whoever would truthfully do it: nothing is written past a wall."""
