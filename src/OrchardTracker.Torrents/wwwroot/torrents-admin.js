// The moderators' list: choose all, count what is chosen, ask before what cannot be undone. It works without, too.
(() => {
    'use strict';

    for (const form of document.querySelectorAll('[data-ot-bulk]')) {
        const all = form.querySelector('[data-ot-all]');
        const boxes = [...form.querySelectorAll('input[name=itemIds]')];
        const selected = form.querySelector('[data-ot-selected]');

        const update = () => {
            const count = boxes.filter(box => box.checked).length;
            if (all) {
                all.checked = count > 0 && count === boxes.length;
                all.indeterminate = count > 0 && count < boxes.length;
                selected.textContent = count > 0 ? ` · ${count} ${selected.dataset.otText}` : '';
            }
        };

        all?.addEventListener('change', () => {
            boxes.forEach(box => { box.checked = all.checked; });
            update();
        });
        boxes.forEach(box => box.addEventListener('change', update));
        form.addEventListener('submit', event => {
            const question = event.submitter?.dataset.otQuestion;
            if (question && !confirm(question)) {
                event.preventDefault();
            }
        });
        update();
    }
})();
