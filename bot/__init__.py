"""Paper Round: the few new papers that matter to a team, brought to its channel each morning."""
