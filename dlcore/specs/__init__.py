"""What a learner asks for."""
