"""Pages of casework; each opens the household through its door, so that each leaves a look."""
