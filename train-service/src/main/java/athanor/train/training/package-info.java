/**
 * One training, as a use case: {@link athanor.train.training.TrainLora} runs a {@link
 * athanor.train.training.LoraTraining} step by step, saves checkpoints, carries out commands and counts. What a step
 * computes is behind {@link athanor.train.training.TrainerFactory}; nothing here knows Kafka or HTTP.
 */
@NullMarked
package athanor.train.training;

import org.jspecify.annotations.NullMarked;
