"""What comes after a penalty decision: paying late or in parts, urging, the court, and the party's remedies."""
