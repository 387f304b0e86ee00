import { recordWire } from '/asset/browser/records.js';

export const getRecord = recordWire;

export function getFieldValue(record, field) {
    const name = (field.fieldApiName ?? field).split('.').at(-1);
    return record?.fields?.[name]?.value;
}

export function getFieldDisplayValue(record, field) {
    const name = (field.fieldApiName ?? field).split('.').at(-1);
    return record?.fields?.[name]?.displayValue;
}

export function notifyRecordUpdateAvailable() {
    return Promise.resolve();
}
