// Aura bundles: emulated. Nothing of the framework is here.
export async function mountAura(place, { name }) {
    throw new Error(`${name}: Aura is not emulated yet`);
}
