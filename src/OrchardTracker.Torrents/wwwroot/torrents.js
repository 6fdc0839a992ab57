// Live counts by Server-Sent Events, and copy buttons. Pages work without any of it.
(() => {
    'use strict';

    const number = new Intl.NumberFormat(document.documentElement.lang || undefined);

    function show(cell, value) {
        const text = number.format(value);
        if (cell.textContent !== text) {
            cell.textContent = text;
            cell.classList.remove('ot-changed');
            void cell.offsetWidth;
            cell.classList.add('ot-changed');
        }
    }

    function watch() {
        const shown = new Map();
        for (const element of document.querySelectorAll('[data-ot-torrent]')) {
            const hash = element.dataset.otTorrent;
            shown.set(hash, [...(shown.get(hash) || []), element]);
        }

        if (shown.size === 0 || !window.EventSource) {
            return;
        }

        const url = document.querySelector('[data-ot-live]')?.dataset.otLive;
        const hashes = [...shown.keys()].slice(0, 100).join('');
        const source = new EventSource(`${url}?h=${hashes}`);
        source.onmessage = event => {
            for (const [hash, ...counts] of JSON.parse(event.data)) {
                for (const element of shown.get(hash) || []) {
                    ['seeders', 'leechers', 'completed'].forEach((name, index) =>
                        element.querySelectorAll(`[data-ot-count="${name}"]`).forEach(cell => show(cell, counts[index])));
                }
            }
        };
        addEventListener('pagehide', () => source.close(), { once: true });
    }

    document.addEventListener('click', async event => {
        const button = event.target.closest('[data-ot-copy]');
        if (button) {
            await navigator.clipboard.writeText(button.dataset.otCopy);
            const text = button.textContent;
            button.textContent = button.dataset.otCopied;
            setTimeout(() => { button.textContent = text; }, 2000);
        }
    });

    for (const form of document.querySelectorAll('form[data-ot-drop]')) {
        const input = form.querySelector('input[type=file]');
        form.addEventListener('dragover', event => {
            event.preventDefault();
            form.classList.add('ot-dragging');
        });
        form.addEventListener('dragleave', () => form.classList.remove('ot-dragging'));
        form.addEventListener('drop', event => {
            event.preventDefault();
            form.classList.remove('ot-dragging');
            if (event.dataTransfer.files.length > 0) {
                input.files = event.dataTransfer.files;
                form.requestSubmit();
            }
        });
    }

    addEventListener('pageshow', event => { if (event.persisted) { watch(); } });
    watch();
})();
