from peers.loading import points_of


def load(task, peer):
    return {"points": points_of(task, peer), "epochs": task["epochs"]}


def torch(loaded, task):
    import torch
    from torch import nn

    torch.set_num_threads(task["threads"])
    torch.manual_seed(1)
    data = torch.from_numpy(loaded["points"])
    encoder, decoder = network(nn, data.shape[1])
    optimiser = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=1e-4)
    for _ in range(loaded["epochs"]):
        total = 0.0
        for batch in data[torch.randperm(len(data))].split(64):
            optimiser.zero_grad()
            loss = nn.functional.mse_loss(decoder(encoder(batch)), batch)
            loss.backward()
            optimiser.step()
            total += loss.item()
    with torch.no_grad():
        latent = encoder(data).numpy()
    return lambda: {"latent": latent}


def network(nn, features):
    """SIGMA's: blocks of linear, layer normalisation and leaky ReLU to two numbers, and the mirror image back."""
    widths = [features, 512, 256, 128]

    def blocks(sizes):
        for a, b in zip(sizes, sizes[1:]):
            yield from (nn.Linear(a, b), nn.LayerNorm(b), nn.LeakyReLU(0.02))

    encoder = nn.Sequential(*blocks(widths), nn.Linear(128, 2))
    decoder = nn.Sequential(*blocks([2, 128, 256, 512]), nn.Linear(512, features))
    return encoder, decoder


PEERS = {"torch": torch}
PACKAGES = {"torch": "torch"}
