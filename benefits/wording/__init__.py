"""How money, days and events are written for people: one plain sentence an event."""
