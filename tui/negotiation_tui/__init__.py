"""The chair's screen: it draws what views give it and asks the desk for every act."""
