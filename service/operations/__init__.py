"""What people do with the service, one verb a file, over the ports of ports.py."""
