// Aura components: emulated from their bundles. Nothing of the framework is here.
import { Component } from './aura/component.js';
import { addRoot, changed, run } from './aura/cycle.js';
import { loadDefinition } from './aura/definitions.js';
import { makeFailure } from './aura/rendering.js';

function watchErrors(place) {
    document.addEventListener('preview-aura-error', ({ detail }) => place.prepend(makeFailure(detail?.stack ?? String(detail))), {
        once: true
    });
}

export async function mountAura(place, { name, properties }, context, item) {
    const definition = await loadDefinition(name);
    const label = document.createElement('span');
    label.className = 'preview-emulated';
    label.textContent = 'Aura, emulated';
    const values = Object.entries({ ...context, ...properties }).filter(([key]) => key in definition.attributes);
    watchErrors(place);
    run(() => {
        const component = new Component(definition, Object.fromEntries(values), undefined, undefined, item);
        place.replaceChildren(label, ...component.blocks.flatMap((block) => block.nodes()));
        addRoot(component);
        changed();
    });
}
