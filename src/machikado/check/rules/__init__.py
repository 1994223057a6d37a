"""One file a rule, named for the fault it finds; `machikado.check` finds them all."""
