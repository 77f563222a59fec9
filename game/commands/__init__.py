"""The commands of `powerdance`, one file each.

Each has `add_arguments(parser)`, which says what the command takes, and
`run(arguments)`, which does it and returns the exit status.  `game.cli` names
them all and imports one only when it is asked for.
"""
