"""What is said in the room, as it is said: `B add "as appropriate" after "measures"; USA +`.

Between the desk and the views: it reads the text and makes commands, and knows no screen.
"""
