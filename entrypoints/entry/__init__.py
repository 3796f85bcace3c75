"""Recording a month in grids: many benefits at once, one act, each fault beside its own cell."""
