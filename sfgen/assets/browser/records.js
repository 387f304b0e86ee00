// lightning/uiRecordApi: one record read from the preview's store.
import { post } from './server.js';

const nameOf = (field) => (field.fieldApiName ?? field).split('.').at(-1);

export class recordWire {
    constructor(dataCallback) {
        this.dataCallback = dataCallback;
    }

    connect() {}

    disconnect() {}

    async update({ recordId, fields = [], optionalFields = [] }) {
        if (!recordId) {
            return;
        }
        try {
            const record = await post('/preview/record', { recordId });
            const shown = [...fields, ...optionalFields].map(nameOf).map((name) => [
                name,
                { value: record.fields[name] ?? null, displayValue: null }
            ]);
            const data = { apiName: record.type, fields: Object.fromEntries(shown), id: recordId };
            this.dataCallback({ data, error: undefined });
        } catch (error) {
            this.dataCallback({ data: undefined, error: { body: { message: error.message }, ok: false, status: 404 } });
        }
    }
}
