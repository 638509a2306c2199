package athanor.teststack;

import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Kafka and MinIO in containers. Without Docker this fails; it does not fall back. */
final class ContainersStack implements TestStack {

    private static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka:4.2.1");
    // The last image of the community server; its repository was closed afterwards.
    private static final DockerImageName MINIO = DockerImageName.parse("minio/minio:RELEASE.2025-09-07T16-13-09Z");

    /** Workers take trainings from a share group, whose state has three copies unless somebody says that there is one broker. */
    private final KafkaContainer kafka = new KafkaContainer(KAFKA)
            .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
            .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1");

    private final MinIOContainer minio = new MinIOContainer(MINIO);

    ContainersStack() {
        kafka.start();
        minio.start();
    }

    static S3Address.Running storeOnly() {
        MinIOContainer minio = new MinIOContainer(MINIO);
        minio.start();
        return new S3Address.Running(addressOf(minio), minio::stop);
    }

    private static S3Address addressOf(MinIOContainer minio) {
        return new S3Address(minio.getS3URL(), minio.getUserName(), minio.getPassword());
    }

    @Override
    public String bootstrapServers() {
        return kafka.getBootstrapServers();
    }

    @Override
    public S3Address s3() {
        return addressOf(minio);
    }

    @Override
    public void close() {
        minio.stop();
        kafka.stop();
    }
}
