/**
 * Files that were sent together, as a zip or as the parts of one request, unpacked to this machine's disk. Strangers send them, so
 * everything is counted while it is read and no name is used as a path.
 */
@NullMarked
package athanor.ingest.parcel;

import org.jspecify.annotations.NullMarked;
