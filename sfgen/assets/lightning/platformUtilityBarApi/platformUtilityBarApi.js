import { utilities } from '/asset/browser/utilities.js';

/** Gives the id of the utility that the component stands in. */
export class EnclosingUtilityId {
    constructor(dataCallback) {
        this.dataCallback = dataCallback;
    }

    connect() {
        this.dataCallback(utilities.enclosing());
    }

    disconnect() {}

    update() {}
}

export const getAllUtilityInfo = async () => utilities.all();
export const getInfo = async (utilityId) => utilities.info(utilityId);
export const open = async (utilityId) => utilities.open(utilityId);
export const minimize = async (utilityId) => utilities.minimize(utilityId);
export const updateUtility = async (utilityId, attributes) => utilities.update(utilityId, attributes);
export const updatePanel = async (utilityId, attributes) => utilities.updatePanel(utilityId, attributes);
export const onUtilityClick = async (utilityId, listener) => utilities.onClick(utilityId, listener);
export const enablePopout = async () => true;
