// The side panel: be the client, be the network, watch the wire.
export function startPanel(root) {
    root.textContent = '';
}
