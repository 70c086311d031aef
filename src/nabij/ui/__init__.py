"""How it looks: page shell, components, paper. Knows no domain word."""
