/**
 * From accepted pictures to a dataset that can be trained on: sizes, crops, captions, class pictures and the plan.
 *
 * <p>Way in: {@link athanor.preprocess.PreprocessConsumer}. Use case: {@link athanor.preprocess.PrepareDataset}.
 * The arithmetic of sizes is in {@code buckets}, the words about the run in {@code plan}. Whether a picture may be
 * used at all was decided by ingest-service.
 */
@NullMarked
package athanor.preprocess;

import org.jspecify.annotations.NullMarked;
