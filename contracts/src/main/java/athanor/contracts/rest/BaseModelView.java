package athanor.contracts.rest;

import athanor.contracts.Check;

/**
 * A base model as the sample service has it before it: so that nobody trains on another file than the one that was meant.
 *
 * @param name what was asked for, a name or a path
 * @param path where it lies on the service's machine
 * @param family SD1, SD2 or SDXL
 * @param sha256 over all weight files, one after the other; of a single file the hash that the world knows it by
 */
public record BaseModelView(String name, String path, String family, String sha256) {

    public BaseModelView {
        Check.text(name, "name");
        Check.text(path, "path");
        Check.text(family, "family");
        Check.text(sha256, "sha256");
    }
}
