"""mtprotoproxy, led to the demo server instead of Telegram's datacenters. Started as a program of its own:

    python serve.py CONFIG HOST PORT

Says the port on which it listens. Its own start is for Pythons before 3.10, and asks web sites for the address of this
machine; what it does for each client is its own.
"""

import asyncio
import importlib.util
import sys
from pathlib import Path


def load():
    """It is installed as a script, not as a module."""
    script = Path(sys.prefix) / "bin" / "mtprotoproxy.py"
    spec = importlib.util.spec_from_file_location("mtprotoproxy", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def serve(proxy):
    server = await asyncio.start_server(proxy.handle_client_wrapper, "127.0.0.1", 0, limit=proxy.get_to_tg_bufsize())
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main():
    config, host, port = sys.argv[1:4]
    sys.argv[1:] = [config]
    proxy = load()
    proxy.init_config()
    proxy.init_stats()
    proxy.TG_DATACENTERS_V4 = [host] * 5
    proxy.TG_DATACENTER_PORT = int(port)
    asyncio.run(serve(proxy))


main()
