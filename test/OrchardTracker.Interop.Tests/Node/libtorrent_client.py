"""Downloads or seeds one torrent with libtorrent until its input ends; tells its state in a line of JSON each time.

Everything that could find peers without the tracker is off.
"""
import json
import sys
import threading

import libtorrent as lt

torrent, folder, listen = sys.argv[1:4]

session = lt.session({
    "listen_interfaces": listen,
    "enable_dht": False,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "allow_multiple_connections_per_ip": True,

    # It asks trackers on the loopback for nothing but /announce, to guard routers and the like; a passkey stands before that.
    "ssrf_mitigation": False,

    # As often as the tracker asks for, in place of five minutes at the least.
    "min_announce_interval": 1,
    "alert_mask": lt.alert.category_t.tracker_notification | lt.alert.category_t.error_notification,
    "user_agent": "libtorrent/" + lt.__version__,
})
if torrent.startswith("magnet:"):
    parameters = lt.parse_magnet_uri(torrent)
else:
    parameters = lt.add_torrent_params()
    parameters.ti = lt.torrent_info(torrent)
parameters.save_path = folder
parameters.flags |= lt.torrent_flags.disable_pex | lt.torrent_flags.disable_lsd | lt.torrent_flags.disable_dht
parameters.flags &= ~lt.torrent_flags.auto_managed
parameters.flags &= ~lt.torrent_flags.paused
handle = session.add_torrent(parameters)

ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()

replies, errors, told = [], [], None
while not ended.wait(0.1):
    for alert in session.pop_alerts():
        if isinstance(alert, lt.tracker_reply_alert):
            replies.append(alert.num_peers)
        elif isinstance(alert, (lt.tracker_error_alert, lt.tracker_warning_alert, lt.url_seed_alert, lt.torrent_error_alert)):
            errors.append(alert.message())
    status = handle.status()
    state = json.dumps({
        "isComplete": status.is_seeding,
        "progress": status.progress,
        "replies": replies,
        "errors": errors,
        "verified": [tracker["url"] for tracker in handle.trackers() if tracker["verified"]],
    })
    if state != told:
        print(state, flush=True)
        told = state
