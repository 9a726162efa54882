"""What does the law say, where are the gaps, and how does it meet practice?"""

from dashboard.ui import law, session

law.draw(law.choose_date(session.context()))
