// Toasts as Lightning Experience shows them.
const SECONDS = 5;

export function showToast({ title, message = '', messageData = [], variant = 'info', mode = 'dismissible' }) {
    const texts = messageData.map((entry) => entry?.label ?? entry);
    const text = message.replace(/\{(\d+)\}/g, (match, index) => texts[index] ?? match);
    const toast = document.createElement('div');
    toast.className = `slds-notify slds-notify_toast slds-theme_${variant}`;
    const heading = Object.assign(document.createElement('h2'), { className: 'slds-text-heading_small', textContent: title ?? '' });
    const body = Object.assign(document.createElement('p'), { textContent: text });
    const content = Object.assign(document.createElement('div'), { className: 'slds-notify__content' });
    content.append(heading, body);
    toast.append(content);
    document.querySelector('.preview-toasts').append(toast);
    if (mode !== 'sticky') {
        setTimeout(() => toast.remove(), SECONDS * 1000);
    }
}
