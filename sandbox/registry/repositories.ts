import { type Blob, buildImage, type Image } from './image.ts';

export interface RepositoryListing {
  readonly repository: string;
  readonly public: boolean;
  readonly tags: readonly { readonly tag: string; readonly digest: string }[];
}

/** The images a registry holds. Publishing again with another build moves the tag; the old digest stays pullable. */
export interface Repositories {
  /** Publishes `tag` with `build` (default `1`) and answers the digest. A new repository is private. */
  publish(repository: string, tag: string, build?: string): string;
  setPublic(repository: string, isPublic: boolean): void;
  isPublic(repository: string): boolean;
  removeTag(repository: string, tag: string): void;
  digestOf(repository: string, tag: string): string | undefined;
  /** The tags of a repository, sorted; undefined where it does not exist. */
  tagsOf(repository: string): readonly string[] | undefined;
  /** The image of a tag or a digest. */
  find(repository: string, reference: string): Image | undefined;
  findBlob(repository: string, digest: string): Blob | undefined;
  list(): readonly RepositoryListing[];
}

interface Shelf {
  public: boolean;
  readonly tags: Map<string, string>;
  readonly images: Map<string, Image>;
}

export function createRepositories(): Repositories {
  const shelves = new Map<string, Shelf>();
  const tagOf = (repository: string, tag: string) => shelves.get(repository)?.tags.get(tag);
  return {
    publish(repository, tag, build = '1') {
      const image = buildImage(repository, tag, build);
      const shelf = shelfFor(shelves, repository);
      shelf.images.set(image.digest, image);
      shelf.tags.set(tag, image.digest);
      return image.digest;
    },
    setPublic(repository, isPublic) {
      shelfFor(shelves, repository).public = isPublic;
    },
    isPublic: (repository) => shelves.get(repository)?.public ?? false,
    removeTag: (repository, tag) => void shelves.get(repository)?.tags.delete(tag),
    digestOf: tagOf,
    tagsOf(repository) {
      const shelf = shelves.get(repository);
      return shelf && [...shelf.tags.keys()].sort();
    },
    find(repository, reference) {
      return shelves.get(repository)?.images.get(tagOf(repository, reference) ?? reference);
    },
    findBlob: (repository, digest) => blobsOf(shelves.get(repository)).find((blob) => blob.digest === digest),
    list: () => [...shelves].map(listingOf),
  };
}

function shelfFor(shelves: Map<string, Shelf>, repository: string): Shelf {
  const shelf = shelves.get(repository) ?? { public: false, tags: new Map(), images: new Map() };
  shelves.set(repository, shelf);
  return shelf;
}

function blobsOf(shelf: Shelf | undefined): readonly Blob[] {
  return [...(shelf?.images.values() ?? [])].flatMap((image) => [image.config, image.layer]);
}

function listingOf([repository, shelf]: [string, Shelf]): RepositoryListing {
  return {
    repository,
    public: shelf.public,
    tags: [...shelf.tags].map(([tag, digest]) => ({ tag, digest })),
  };
}
