"""Country and workshop reports, composed of FigureSpecs and sentences."""
