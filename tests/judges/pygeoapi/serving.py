"""Run by the Python of pygeoapi: serves its application on a free port of this machine, and says which."""

from pygeoapi.flask_app import APP
from werkzeug.serving import make_server

server = make_server("127.0.0.1", 0, APP)
print(server.server_port, flush=True)
server.serve_forever()
