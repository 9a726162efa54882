"""Scenes, scoring, priorities, strategy, minutes: what a room needs to end with decisions."""

from dashboard.ui import controls, session, workshop

context = controls.choose(session.context(), workshop.PART)
workshop.PARTS[context.chosen(workshop.PART.key)](context)
