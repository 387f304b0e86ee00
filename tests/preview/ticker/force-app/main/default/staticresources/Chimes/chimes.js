/* A library that plays a sound from its own site: it finds that through the document it is given. */
(function (global) {
    'use strict';

    function Chimes(owner) {
        this.place = this.read(owner || global.document);
        this.rung = 0;
    }

    Chimes.prototype.read = function (owner) {
        return /* LOCATION */ owner.location.host;
    };

    Chimes.prototype.ring = function () {
        this.rung += 1;
    };

    global.Chimes = Chimes;
})(self);
