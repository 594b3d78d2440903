# SPDX-License-Identifier: MIT
"""A profile as they are found: the heap of an API server."""


def save_heap_of_api_server(world, path):
    """The API server of a World, after 300 pods and some lists of them."""
    world.api.create_pods("bench", [{"name": f"pod-{i:04}"}
                                    for i in range(300)])
    for _ in range(30):
        world.api.get("/api/v1/pods")
    path.write_bytes(world.api.get("/debug/pprof/heap"))
