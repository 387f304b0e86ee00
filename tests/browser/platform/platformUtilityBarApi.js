export class EnclosingUtilityId {
    constructor(dataCallback) {
        this.dataCallback = dataCallback;
    }

    connect() {
        this.dataCallback('utility-1');
    }

    disconnect() {}

    update() {}
}
EnclosingUtilityId.adapter = EnclosingUtilityId;

export function updateUtility(utilityId, attributes) {
    window.utility = { utilityId, ...attributes };
    return Promise.resolve(true);
}
