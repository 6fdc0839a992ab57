"""Reads and makes torrents with libtorrent, for the tests beside. Prints JSON."""

import json
import os
import sys

import libtorrent as lt


def describe(path):
    info = lt.torrent_info(path)
    hashes = info.info_hashes()
    files = info.files()
    return {
        "name": info.name(),
        "v1": str(hashes.v1) if hashes.has_v1() else None,
        "v2": str(hashes.v2) if hashes.has_v2() else None,
        "pieceLength": info.piece_length(),
        "private": info.priv(),
        "files": [
            [files.file_path(i), files.file_size(i)]
            for i in range(files.num_files())
            if not files.file_flags(i) & lt.file_storage.flag_pad_file
        ],
        "trackers": [tracker.url for tracker in info.trackers()],
        "webSeeds": [seed["url"] for seed in info.web_seeds()],
        "magnet": lt.make_magnet_uri(info),
    }


def make(source, target, version, piece_length):
    storage = lt.file_storage()
    lt.add_files(storage, source)
    kinds = {"V1": lt.create_torrent.v1_only, "V2": lt.create_torrent.v2_only, "Hybrid": 0}
    torrent = lt.create_torrent(storage, int(piece_length), kinds[version])
    torrent.add_tracker("http://tracker.example/announce", 0)
    lt.set_piece_hashes(torrent, os.path.dirname(source))
    with open(target, "wb") as out:
        out.write(lt.bencode(torrent.generate()))
    return describe(target)


def magnet(uri):
    params = lt.parse_magnet_uri(uri)
    hashes = params.info_hashes
    return {
        "name": params.name,
        "v1": str(hashes.v1) if hashes.has_v1() else None,
        "v2": str(hashes.v2) if hashes.has_v2() else None,
        "trackers": params.trackers,
        "webSeeds": params.url_seeds,
    }


print(json.dumps({"describe": describe, "make": make, "magnet": magnet}[sys.argv[1]](*sys.argv[2:])))
