"""Content: scenarios, plans and playbooks compile whole or say every fault."""
