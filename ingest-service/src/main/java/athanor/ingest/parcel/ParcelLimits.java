package athanor.ingest.parcel;

/**
 * What one parcel may hold.
 *
 * @param files besides folders and what a system hides
 * @param fileBytes of a file; of a longer one the rest is not read
 * @param allBytes of all files together
 * @param ratio of bytes to packed bytes, above which a file is no picture but an attack
 */
public record ParcelLimits(int files, long fileBytes, long allBytes, int ratio) {

    /** Lists of the content are read at once, so they are limited too: with everything that a system hides among the files. */
    int entries() {
        return 4 * files;
    }
}
