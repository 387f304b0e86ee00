// Requests to the preview's own server, with the key of this run.
export const state = JSON.parse(document.getElementById('preview-state').textContent);

globalThis.sfgenPreview = Object.freeze({ pageReference: Object.freeze(state.pageReference) });

export async function post(address, body) {
    const response = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Sfgen-Preview': state.key },
        body: JSON.stringify(body ?? {})
    });
    const answer = await response.json().catch(() => ({ message: `status ${response.status}` }));
    if (!response.ok) {
        throw Object.assign(new Error(answer.message), { answer, status: response.status });
    }
    return answer;
}
