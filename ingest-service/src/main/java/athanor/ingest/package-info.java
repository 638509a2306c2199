/**
 * Where runs begin and where they are looked at. Ways in: {@link athanor.ingest.RunsResource} and its neighbours for REST,
 * {@link athanor.ingest.RunRequestedConsumer} for Kafka producers. Use cases: {@link athanor.ingest.OpenRun},
 * {@link athanor.ingest.AcceptPicture}, {@link athanor.ingest.StartRun}. Until a run starts, everything about it lies in the
 * store ({@link athanor.ingest.Drafts}), so a restart loses nothing; afterwards {@link athanor.ingest.RunBoard} follows it by
 * its events.
 */
@NullMarked
package athanor.ingest;

import org.jspecify.annotations.NullMarked;
