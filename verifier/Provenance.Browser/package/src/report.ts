// Written by types.mjs from docs/schema/report.v1.schema.json: change that.

/**
 * Provenance report, version 1. One report: a function of the asset's bytes, the policy, its time and its lists alone. Claims of the file and what
 * was proven stand apart.
 */
export interface Report {
  /** How the caller named the asset. Given by the command line, first. */
  readonly file?: string;
  /** What speaks against that name, given what the bytes are. Given with file. */
  readonly fileNote?: string | null;
  /** Version of this form: rises when a member changes its meaning or goes. */
  readonly reportVersion: 1;
  /** Media type told by the bytes; null where they are of no known format. */
  readonly mediaType: string | null;
  /** The state, with the meaning the reference reader gives it; null where there is no manifest to have one. */
  readonly validationState: 'Trusted' | 'Valid' | 'Invalid' | null;
  /** The label. */
  readonly label:
    | 'intact-known'
    | 'intact-unknown-issuer'
    | 'intact-time-unproven'
    | 'revoked'
    | 'broken'
    | 'unreadable'
    | 'not-checked'
    | 'none';
  /** The label's sentence, with the issuer and the date that were proven; fit for display. */
  readonly sentence: string;
  /** Key of the sentence in Words.en.json and Words.ko.json; with ".dated" behind it where signedAt is told and the files have such a key. */
  readonly sentenceKey: string;
  /** A second sentence, about what the file was made from. */
  readonly sourceSentence: string | null;
  /** What is told below the label's sentence, in order. */
  readonly lines: readonly {
    /** What the line speaks of. */
    readonly axis: 'sources' | 'ai' | 'coverage' | 'identity';
    /** Its key in Words.en.json and Words.ko.json; with ".with-tool" behind it where a tool is named. */
    readonly key: string;
    /** In English; fit for display. */
    readonly text: string;
  }[];
  /** Codes of the active manifest, each once, in the order of the checks. */
  readonly codes: {
    /** Checks that passed. */
    readonly success: ReportCodes;
    /** Worth knowing. */
    readonly informational: ReportCodes;
    /** Checks that failed. */
    readonly failure: ReportCodes;
  };
  /** Codes of failures at or in ingredients that their outer signer did not record, each once. */
  readonly ingredientFailures: ReportCodes;
  /** How many entries of ingredientFailures are missing because the report would have become too long. */
  readonly ingredientFailuresOmitted?: number;
  readonly signer: ReportSigner;
  /** When it was signed, where that is proven. */
  readonly signedAt: string | null;
  /** When it was signed by the file's own word, where that is not proven. */
  readonly claimedSignedAt: string | null;
  /** The program that made the claim, in its own words: untrusted text. */
  readonly claimGenerator: string | null;
  /** Label of the active manifest. */
  readonly activeManifest: string | null;
  /**
   * Where the manifest store came from; null where there is none. detached: the caller gave it; beside: found in a file beside the asset; fetched:
   * from elsewhere; remote: it is elsewhere and was not fetched.
   */
  readonly origin: 'embedded' | 'detached' | 'beside' | 'fetched' | 'remote' | null;
  /** The URL the manifest store was fetched from, or the name of the file in which it was found beside the asset. */
  readonly manifestLocation: string | null;
  /** Why something could not be read; null otherwise. */
  readonly error: {
    /** The structure as its standard names it. */
    readonly structure: string;
    /** Where, in bytes from the start of the file or of the structure. */
    readonly offset: number;
    /** What was expected and what was found. */
    readonly rule: string;
    /** The limit that was reached, if that is why. */
    readonly limit: string | null;
  } | null;
  /** SHA-256 of the whole asset, if the policy asked for it. */
  readonly sha256?: string;
  /** Whether content, signature and statements are as they were signed. */
  readonly integrity: {
    /** against-rules: what was signed breaks a rule of the standard or needs what is not supported. */
    readonly result: 'intact' | 'changed' | 'against-rules' | 'not-checked';
    /** Label of the assertion that was proven to fit the content. */
    readonly binding: string | null;
  };
  /** How much of the asset the credential's hash covers, the manifest store left out. */
  readonly coverage: {
    /** partial: some bytes may have been changed by anybody. */
    readonly result: 'complete' | 'partial' | 'not-checked';
    /** Length of the asset. */
    readonly bytes: number;
    /** Bytes in no hash. */
    readonly uncoveredBytes?: number;
    /** The same as a share of all bytes, 0 to 1. */
    readonly uncoveredShare?: number;
    /** What bytes of the asset mean to a reader, the manifest store left out, each meaning once. */
    readonly parts?: readonly {
      /**
       * content: what is shown, played or read; framing: of the container, and tables that decoders need; marks: the mark of the file's type and
       * space that holds nothing; behind: behind the end of the content.
       */
      readonly meaning:
        | 'content'
        | 'camera-data'
        | 'xmp'
        | 'press-metadata'
        | 'colour-profile'
        | 'other-metadata'
        | 'framing'
        | 'marks'
        | 'behind'
        | 'unknown';
      /** Whether the hash covers it. */
      readonly covered: 'wholly' | 'partly' | 'not';
      /** Its bytes. */
      readonly bytes: number;
      /** Those in no hash. */
      readonly uncoveredBytes: number;
    }[];
    /** How many entries of parts are missing because the report would have become too long. */
    readonly partsOmitted?: number;
    /** The ranges. */
    readonly uncovered?: readonly {
      /** What it holds. */
      readonly kind:
        | 'structure'
        | 'media'
        | 'manifest-store'
        | 'exif'
        | 'xmp'
        | 'iptc'
        | 'colour-profile'
        | 'other-metadata'
        | 'trailing'
        | 'unknown';
      /** The container's own name for it. */
      readonly name: string;
      /** First byte. */
      readonly offset: number;
      /** Bytes. */
      readonly length: number;
    }[];
    /** How many entries of uncovered are missing because the report would have become too long. */
    readonly uncoveredOmitted?: number;
  };
  /** What the trust lists say of the signer. */
  readonly signerTrust: {
    /** no-list: no trust list is installed; not-looked-up: none was to be asked. */
    readonly result: 'known' | 'known-to-older-list' | 'unknown' | 'no-list' | 'not-looked-up' | 'not-checked';
    /** The list that vouches for it. */
    readonly list: string | null;
    /** On whose decision the list's authorities are trusted: of C2PA, of the interim list of the older trust model, or of the user. */
    readonly model: 'current' | 'older' | 'own' | null;
    /** Which issue of the list: its sequence number, or sha256: and the digest of one that has none. */
    readonly identifier: string | null;
    /** When that issue was made, by the list's own words. */
    readonly issued: string | null;
    /** The anchor it leads to; null where the certificate itself is listed. */
    readonly anchor: string | null;
  };
  /** Whether the issuer withdrew the certificate, or a list of the policy speaks against it. */
  readonly revocation: {
    /** What the issuer says; known-bad: not withdrawn as far as is known, but named on an incident list. */
    readonly result: 'not-revoked' | 'revoked' | 'unknown' | 'known-bad' | 'not-checked';
    /**
     * Where that is known from: stapled, from an answer in the file; online, from a responder that was asked; incident-list, from a list of the
     * policy, not from the issuer.
     */
    readonly source: 'stapled' | 'online' | 'incident-list' | null;
    /**
     * Why the issuer was not heard. nothing-enclosed: no answer is in the file and nobody was asked; not-usable: none of those in it counts;
     * no-address: nor does the certificate name anybody to ask; no-answer: one was asked and gave none that counts; issuer-unknown: no trust list
     * leads to the issuer, who alone may answer.
     */
    readonly notCheckedBecause: 'nothing-enclosed' | 'not-usable' | 'no-address' | 'no-answer' | 'issuer-unknown' | null;
    /** The same in words. */
    readonly reason: string | null;
    /** When it was withdrawn; else the moment the answer speaks of, or from which a list holds signatures for bad. */
    readonly at: string | null;
    readonly incident: ReportIncident;
  };
  /** When it was signed, and as of when it was judged. */
  readonly time: {
    /** As for a manifest; not-checked where none could be read. */
    readonly result: 'proven' | 'older-model' | 'not-proven' | 'none' | 'not-checked';
    /** The time, where proven or believed. */
    readonly proven: string | null;
    /** Common name of the authority that told it. */
    readonly authority: string | null;
    /** A time the file states without proof. */
    readonly claimed: string | null;
    /** Why a time stamp was not accepted. */
    readonly reason: string | null;
    /** The time at which certificates were judged. */
    readonly judgedAt: string | null;
    /** Whether they were in force then. */
    readonly inForce: boolean | null;
  };
  /** What is known of the files it was made from. */
  readonly history: {
    /** none: it names no ingredients. */
    readonly result:
      | 'none'
      | 'sound'
      | 'unknown-issuer'
      | 'time-unproven'
      | 'recorded-failure'
      | 'unconfirmed'
      | 'failing'
      | 'not-checked';
    /** Manifests reached, the active one included. */
    readonly manifests: number;
    /** Ingredients named in them. */
    readonly ingredients: number;
    /** Codes of failures in ingredients that their outer signer recorded. */
    readonly recordedFailures: ReportCodes;
    /** How many entries of recordedFailures are missing because the report would have become too long. */
    readonly recordedFailuresOmitted?: number;
  };
  /** What signers declare about the use of AI; only of credentials that hold. That none is declared proves nothing. */
  readonly aiDisclosure: {
    /** The strongest thing declared. */
    readonly result: 'declared' | 'declared-in-ingredient' | 'not-declared' | 'not-checked';
    /** Each statement, those about this file first. */
    readonly statements: readonly {
      /** What it says. */
      readonly use: 'ai-generated' | 'ai-edited' | 'ai-model-used';
      /** The term or model type as written. */
      readonly value: string;
      /** The program or model it names. */
      readonly tool: string | null;
      /** The assertion. */
      readonly uri: string;
      /** Label of the manifest whose signer states it. */
      readonly manifest: string;
      /** Whether it is about something this file was made from. */
      readonly ofIngredient: boolean;
      /** Whether that something is this file as it was before it was opened and worked on; else it became a part of it, or served as input. */
      readonly ofEarlierVersion: boolean;
    }[];
    /** How many entries of statements are missing because the report would have become too long. */
    readonly statementsOmitted?: number;
  };
  /** What signers state in metadata assertions that match their hash, in manifests that hold: as true as they are honest. */
  readonly signedMetadata: {
    /** Each statement, those about this file first. */
    readonly statements: readonly {
      readonly key: ReportMetadataKey;
      /** As written; degrees as a number with a sign. */
      readonly value: string;
      /** The moment it tells, where the value says how far its clock was from UTC. */
      readonly time: string | null;
      /** The property as written. */
      readonly property: string;
      /** Whether the signer states it; else it was passed on. */
      readonly created: boolean;
      /** The assertion. */
      readonly uri: string;
      /** Label of the manifest whose signer states it. */
      readonly manifest: string;
      /** Whether it is about something this file was made from. */
      readonly ofIngredient: boolean;
    }[];
    /** How many entries of statements are missing because the report would have become too long. */
    readonly statementsOmitted?: number;
    /** Kinds of personal data that are there and were left out. */
    readonly hidden: readonly ('location' | 'device' | 'owner')[];
  };
  /** What unsigned metadata of the file says: anybody can write it. Null where it was not read. */
  readonly metadata: {
    /** Each thing it says; blocks may disagree. */
    readonly fields: readonly {
      readonly key: ReportMetadataKey;
      /** As written; degrees as a number with a sign. */
      readonly value: string;
      /** The moment it tells, where the value says how far its clock was from UTC. */
      readonly time: string | null;
      readonly block: ReportMetadataBlock;
      readonly coverage: ReportFieldCoverage;
    }[];
    /** How many entries of fields are missing because the report would have become too long. */
    readonly fieldsOmitted?: number;
    /** Marks as programs leave them that generate or edit with trained models. Hints, and no proof in either direction. */
    readonly marks: readonly {
      /** The program or standard that leaves such marks. */
      readonly generator: string;
      /** Where it stands. */
      readonly evidence: string;
      readonly block: ReportMetadataBlock;
      readonly coverage: ReportFieldCoverage;
      /** Whether it says that a trained model made or edited the content. */
      readonly saysAi: boolean;
    }[];
    /** How many entries of marks are missing because the report would have become too long. */
    readonly marksOmitted?: number;
    /** Blocks that are there and were not read. */
    readonly unreadable: readonly {
      readonly block: ReportMetadataBlock;
      /** Why. */
      readonly reason: 'malformed' | 'too-large' | 'too-many' | 'too-costly';
      /** More of it. */
      readonly detail: string | null;
    }[];
    /** How many entries of unreadable are missing because the report would have become too long. */
    readonly unreadableOmitted?: number;
    /** Kinds of personal data that are there and were left out. */
    readonly hidden: readonly ('location' | 'device' | 'owner')[];
  } | null;
  /** What the report follows from besides the bytes. */
  readonly policy: {
    /** The time to judge at where no time stamp is accepted. */
    readonly time: string | null;
    /** The trust lists. */
    readonly lists: readonly {
      /** Its name. */
      readonly name: string;
      /** What it is trusted for. */
      readonly purpose: 'signer' | 'time-stamp' | 'identity';
      /** As in signerTrust. */
      readonly model: 'current' | 'older' | 'own';
      /** Which issue of the list: its sequence number, or sha256: and the digest of its text. */
      readonly identifier: string | null;
      /** When that issue was made, by the list's own words. */
      readonly issued: string | null;
      /** Its anchors. */
      readonly anchors: number;
      /** Its single certificates. */
      readonly allowed: number;
    }[];
    /** How many entries of lists are missing because the report would have become too long. */
    readonly listsOmitted?: number;
    /** Time stamps of unlisted authorities beside claims of version 1 were believed. */
    readonly olderTimeModel: boolean;
    /** False where no issuer was to be looked up; true with an empty lists where none is installed. */
    readonly looksUpIssuers: boolean;
    /** Whether responders were to be asked if certificates were withdrawn. */
    readonly asksAboutRevocation: boolean;
    /** The lists of certificates known bad. */
    readonly incidentLists: readonly {
      /** Its name. */
      readonly name: string;
      /** Rises with every issue. */
      readonly sequenceNumber: number;
      /** When this issue was made, by its keeper's words. */
      readonly issued: string | null;
      /** Its entries. */
      readonly incidents: number;
    }[];
    /** How many entries of incidentLists are missing because the report would have become too long. */
    readonly incidentListsOmitted?: number;
  };
  /** What the credential says is kept elsewhere; none of it was fetched. */
  readonly references: readonly {
    /** What is there. */
    readonly kind: 'remote-manifest' | 'cloud-data' | 'external-reference';
    /** Where, as written. */
    readonly url: string;
    /** Its label, if told. */
    readonly label: string | null;
    /** The assertion that says so; null where the asset does. */
    readonly uri: string | null;
  }[];
  /** How many entries of references are missing because the report would have become too long. */
  readonly referencesOmitted?: number;
  /** Oddities of the container that change nothing. */
  readonly notes: readonly {
    /** Where. */
    readonly offset: number;
    /** What. */
    readonly text: string;
  }[];
  /** How many entries of notes are missing because the report would have become too long. */
  readonly notesOmitted?: number;
  /**
   * What happened, by the word of each signer, from the origin to now: what something was made from stands before it. Claimed times change nothing
   * about the order. Empty where the credential does not hold; of sources whose credential does not hold only that is told.
   */
  readonly timeline: readonly ReportEvent[];
  /** How many entries of timeline are missing because the report would have become too long. */
  readonly timelineOmitted?: number;
  /** This file and what it was made from: a tree in a list, each node behind the one it belongs to. */
  readonly sources: readonly ReportSource[];
  /** How many entries of sources are missing because the report would have become too long. */
  readonly sourcesOmitted?: number;
  /**
   * Runs of manifests whose signers say that they only wrote the content of their one source anew, as networks that deliver pictures do. That the
   * content is the same is their word.
   */
  readonly hops: readonly ReportHop[];
  /** How many entries of hops are missing because the report would have become too long. */
  readonly hopsOmitted?: number;
  /** Things stated or found that do not go together. Each has innocent causes; they are shown and not resolved. */
  readonly conflicts: readonly ReportConflict[];
  /** How many entries of conflicts are missing because the report would have become too long. */
  readonly conflictsOmitted?: number;
  /** The manifests of the credential, the active one first. */
  readonly manifests: readonly ReportManifest[];
  /** How many entries of manifests are missing because the report would have become too long. */
  readonly manifestsOmitted?: number;
  /** Whether a string or list was cut to keep the report under 1 MiB. A string that was cut ends in an ellipsis. */
  readonly truncated: boolean;
}

/** What a piece of metadata tells, whatever standard it is written in. */
export type ReportMetadataKey =
  | 'camera.make'
  | 'camera.model'
  | 'camera.lens'
  | 'camera.exposure'
  | 'camera.aperture'
  | 'camera.iso'
  | 'camera.focalLength'
  | 'time.original'
  | 'time.digitized'
  | 'time.modified'
  | 'time.gps'
  | 'location.latitude'
  | 'location.longitude'
  | 'location.altitude'
  | 'location.name'
  | 'device.serial'
  | 'device.lensSerial'
  | 'device.host'
  | 'owner.name'
  | 'software'
  | 'software.history'
  | 'caption.title'
  | 'caption.headline'
  | 'caption.description'
  | 'caption.keywords'
  | 'caption.comment'
  | 'creator'
  | 'credit'
  | 'source'
  | 'rights'
  | 'rights.terms'
  | 'rights.url'
  | 'rights.dataMining'
  | 'sourceType'
  | 'generator.name'
  | 'generator.model'
  | 'generator.prompt'
  | 'generator.settings'
  | 'generator.label'
  | 'colour.profile';

/** How a block of metadata is written. */
export type ReportMetadataBlock = 'exif' | 'xmp' | 'iptc' | 'colour-profile' | 'png-text' | 'comment';

/** Whether hashes that hold cover the block: covered says that it is unchanged since signing, and not that anybody vouches for it. */
export type ReportFieldCoverage = 'covered' | 'partly-covered' | 'not-covered' | 'not-established';

/** How it is known whether the certificate was withdrawn; members as in revocation of the whole report. */
export interface ReportRevocationDetails {
  /**
   * Where that is known from: stapled, from an answer in the file; online, from a responder that was asked; incident-list, from a list of the
   * policy, not from the issuer.
   */
  readonly source: 'stapled' | 'online' | 'incident-list' | null;
  /**
   * Why the issuer was not heard. nothing-enclosed: no answer is in the file and nobody was asked; not-usable: none of those in it counts;
   * no-address: nor does the certificate name anybody to ask; no-answer: one was asked and gave none that counts; issuer-unknown: no trust list
   * leads to the issuer, who alone may answer.
   */
  readonly notCheckedBecause: 'nothing-enclosed' | 'not-usable' | 'no-address' | 'no-answer' | 'issuer-unknown' | null;
  /** The same in words. */
  readonly reason: string | null;
  /** When it was withdrawn; else the moment the answer speaks of, or from which a list holds signatures for bad. */
  readonly at: string | null;
  readonly incident: ReportIncident;
}

/** What an incident list of the policy says against the certificate; null where none does. */
export type ReportIncident = {
  /** Name of the list. */
  readonly list: string;
  /** What of the certificate the list names. */
  readonly subject: 'certificate' | 'issuer-and-serial' | 'authority';
  /** Why, in the words of the list's keeper. */
  readonly reason: string;
  /** Signatures from this moment on are meant; null where all are. */
  readonly since: string | null;
  /** Where more is told. */
  readonly url: string | null;
} | null;

/** Status codes as the standard spells them. */
export type ReportCodes = readonly string[];

/** What one check concluded. */
export interface ReportFinding {
  /** A status code as the standard spells it. */
  readonly code: string;
  /** What the code says: the check passed, is worth knowing, or failed. */
  readonly kind: 'success' | 'informational' | 'failure';
  /** The box it is about, from the manifest store on; null where there is none. */
  readonly uri: string | null;
  /** What was expected, what was found and where. Quotes of the file are untrusted text. */
  readonly explanation: string;
}

/** The certificate that came with the signature; null where none can be read. */
export type ReportSigner = {
  /** What the certificate says of itself. */
  readonly claimed: {
    /** Common name of the subject. */
    readonly commonName: string | null;
    /** Organisation of the subject. */
    readonly organization: string | null;
    /** Name of the issuer (RFC 4514). */
    readonly issuer: string;
    /** Serial number in hex. */
    readonly serialNumber: string;
    /** Algorithm of the claim's signature as COSE names it; null where it is none of the allowed ones. */
    readonly algorithm: string | null;
    /** First second of validity. */
    readonly notBefore: string | null;
    /** Last second of validity. */
    readonly notAfter: string | null;
  };
  /** Who signed; null unless signature, path, time and revocation all allow to say so. */
  readonly proven: {
    /** Common name of the certificate. */
    readonly name: string;
    /** Its organisation. */
    readonly organization: string | null;
    /** The trust list that vouches for it. */
    readonly list: string;
    /** The anchor it leads to; null where the certificate itself is listed. */
    readonly anchor: string | null;
  } | null;
} | null;

/** When it was signed. */
export interface ReportManifestTime {
  /**
   * proven: by a listed authority. older-model: by one nobody lists, believed because the policy asks for the older time model. not-proven: there is
   * a time stamp that was not accepted. none: there is none.
   */
  readonly result: 'proven' | 'older-model' | 'not-proven' | 'none';
  /** The time, where proven or believed. */
  readonly proven: string | null;
  /** Common name of the authority that told it. */
  readonly authority: string | null;
  /** A time the file states without proof. */
  readonly claimed: string | null;
}

/** An action, by its maker's words. */
export interface ReportAction {
  /** For instance c2pa.cropped. */
  readonly name: string;
  /** The time as written. */
  readonly when: string | null;
  /** The program that did it. */
  readonly agent: string | null;
  /** The kind of source, as written. */
  readonly digitalSourceType: string | null;
  /** Free text. */
  readonly description: string | null;
  /** Why. */
  readonly reason: string | null;
  /** Whether the signer states it, or passed it on without vouching for it. */
  readonly list: 'created' | 'gathered';
}

/** Something the manifest says its content was made from. */
export interface ReportIngredient {
  /** The ingredient assertion. */
  readonly uri: string;
  /** How it was used; null where the assertion breaks a rule. */
  readonly relationship: 'parentOf' | 'componentOf' | 'inputTo' | null;
  /** dc:title, as written. */
  readonly title: string | null;
  /** dc:format, as written. */
  readonly format: string | null;
  /** The kind of source, of an ingredient without a manifest. */
  readonly digitalSourceType: string | null;
  /** Label of its manifest, or the reference as written where it leads nowhere; null where it came without one. */
  readonly manifest: string | null;
  /** Whether that manifest is bit for bit the one the outer signer saw; null where it came without one. */
  readonly linkHolds: boolean | null;
  /** What the link to the manifest gave. */
  readonly link: readonly ReportFinding[];
  /** How many entries of link are missing because the report would have become too long. */
  readonly linkOmitted?: number;
  /** Failure codes the outer signer recorded when it added the ingredient; null where it recorded no results. */
  readonly recordedFailures: readonly string[] | null;
  /** How many entries of recordedFailures are missing because the report would have become too long. */
  readonly recordedFailuresOmitted?: number;
  /** Whether the signer states it, or passed it on without vouching for it. */
  readonly list: 'created' | 'gathered';
}

/**
 * How it stands with the credential of a file. From time-unproven on it holds. none: it came without one. missing: it had one, which is not here.
 * not-as-seen: the one here is not the one that the outer signer saw.
 */
export type ReportCredentialState =
  | 'not-checked'
  | 'none'
  | 'missing'
  | 'not-as-seen'
  | 'changed'
  | 'revoked'
  | 'known-bad'
  | 'against-rules'
  | 'time-unproven'
  | 'issuer-unknown'
  | 'issuer-not-looked-up'
  | 'issuer-known-to-older-list'
  | 'issuer-known';

/** A time by the word of the signer. */
export interface ReportClaimedTime {
  /** As written. */
  readonly value: string;
  /** Whether it is meant exactly. */
  readonly bound: 'exact' | 'not-before' | 'not-after';
}

/** A part of the content, by the words of whoever marked it. */
export interface ReportRegion {
  /** Its name. */
  readonly name?: string;
  /** What it shows, from a vocabulary. */
  readonly type?: string;
  /** Why it was marked. */
  readonly role?: string;
  /** In words. */
  readonly description?: string;
  /** What it is made of. */
  readonly ranges: readonly ReportRange[];
  /** How many entries of ranges are missing because the report would have become too long. */
  readonly rangesOmitted?: number;
}

/** One range of a region, with the members of its kind. Numbers of a shape are as text, as their writer may have given anything. */
export interface ReportRange {
  /** spatial, temporal, frame, textual or identified. */
  readonly type: string;
  /** rectangle, circle or polygon. */
  readonly shape?: string;
  /** pixel or percent. */
  readonly unit?: string;
  /** From the left. */
  readonly x?: string;
  /** From the top. */
  readonly y?: string;
  /** Width, or diameter. */
  readonly width?: string;
  /** Height. */
  readonly height?: string;
  /** Not the inside, but all around it is meant. */
  readonly inside?: false;
  /** npt or wallClock. */
  readonly clock?: string;
  /** Beginning of a stretch of time. */
  readonly start?: string;
  /** End of a stretch of time. */
  readonly end?: string;
  /** First frame or page, from 0. */
  readonly firstFrame?: number;
  /** Last frame or page. */
  readonly lastFrame?: number;
  /** What kind of number or name the item has. */
  readonly identifier?: string;
  /** Number or name of the item. */
  readonly value?: string;
}

/**
 * One entry of the timeline; what there is nothing of is left out. Texts are as written. Of a signing there are proven, claimed, signer, state and
 * allActionsIncluded; of all else list.
 */
export interface ReportEvent {
  /**
   * action: something was done. ingredient: something it was made from, which no action names. redaction: information was removed. soft-binding: a
   * watermark or fingerprint, not looked for. withheld: a source has a credential that does not hold. signing: the above was signed.
   */
  readonly kind: 'action' | 'ingredient' | 'redaction' | 'soft-binding' | 'withheld' | 'signing';
  /** Label of the manifest that tells it. */
  readonly manifest: string;
  /** The assertion or other box it stands in. */
  readonly uri: string;
  /** Whether the signer states it, or passed it on without vouching for it. */
  readonly list?: 'created' | 'gathered';
  readonly state?: ReportCredentialState;
  /** The action; of a soft binding its algorithm. */
  readonly name?: string;
  /** It was done together with the action before it. */
  readonly related?: true;
  /** The program or device that did it. */
  readonly agent?: string;
  /** Who did it, by name. */
  readonly actors?: readonly string[];
  /** How many entries of actors are missing because the report would have become too long. */
  readonly actorsOmitted?: number;
  readonly when?: ReportClaimedTime;
  readonly start?: ReportClaimedTime;
  readonly end?: ReportClaimedTime;
  /** The kind of source. */
  readonly digitalSourceType?: string;
  /** Free text. */
  readonly description?: string;
  /** Why. */
  readonly reason?: string;
  /** What was changed, in words. */
  readonly changed?: string;
  /** Where in the content. */
  readonly regions?: readonly ReportRegion[];
  /** How many entries of regions are missing because the report would have become too long. */
  readonly regionsOmitted?: number;
  /** Whether it was done more than once. */
  readonly multipleInstances?: boolean;
  /** Identifier of the content as it was after it. */
  readonly instanceId?: string;
  /** Language translated from. */
  readonly sourceLanguage?: string;
  /** Language translated to. */
  readonly targetLanguage?: string;
  /** URIs of the ingredients it was done with. */
  readonly ingredients?: readonly string[];
  /** How many entries of ingredients are missing because the report would have become too long. */
  readonly ingredientsOmitted?: number;
  /** URI of what was removed. */
  readonly redacted?: string;
  /** When it was signed, by a time stamp that passed every check. */
  readonly proven?: string | null;
  /** When it was signed by the signer's word or an unproven time stamp. */
  readonly claimed?: string | null;
  /** Who signed, where that is proven. */
  readonly signer?: string | null;
  /** Whether the signer says that nothing else was done; null where nothing is said. */
  readonly allActionsIncluded?: boolean | null;
}

/** One file of the tree. Of the root there is neither uri nor relationship nor list. */
export interface ReportSource {
  /** Place in the list of the node it belongs to; null of this file itself. */
  readonly parent: number | null;
  readonly state: ReportCredentialState;
  /** Label of its manifest, where that holds. */
  readonly manifest: string | null;
  /** The ingredient assertion. */
  readonly uri?: string;
  /** How it was used; null where the assertion breaks a rule. */
  readonly relationship?: 'parentOf' | 'componentOf' | 'inputTo' | null;
  /** Whether the signer states it, or passed it on without vouching for it. */
  readonly list?: 'created' | 'gathered';
  /** The kind of source, of one without a manifest. */
  readonly digitalSourceType?: string;
  /** Failure codes that the outer signer recorded when it added it. */
  readonly recordedFailures?: readonly string[];
  /** How many entries of recordedFailures are missing because the report would have become too long. */
  readonly recordedFailuresOmitted?: number;
  /** Its title, as written. */
  readonly title?: string;
  /** Its media type, as written. */
  readonly format?: string;
  /** Its manifest stands in the list already, with all that is below it. */
  readonly shownAbove?: true;
  /** Its signer only wrote the content of its one source anew. */
  readonly rendition?: true;
  /** A small picture of it as recorded, whose bytes are those that were signed: it may show something else than the file. */
  readonly thumbnail?: {
    /** The assertion it is kept in. */
    readonly uri: string;
    /** Told by its first bytes. */
    readonly mediaType: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp' | 'image/avif';
    /** Its length in bytes. */
    readonly length: number;
  };
}

/** A run of renditions. */
export interface ReportHop {
  /** Label of the manifest they began with. */
  readonly origin: string;
  /** Labels of their manifests, the first first. */
  readonly manifests: readonly string[];
  /** How many entries of manifests are missing because the report would have become too long. */
  readonly manifestsOmitted?: number;
  /** What was done, each action once. */
  readonly actions: readonly string[];
  /** How many entries of actions are missing because the report would have become too long. */
  readonly actionsOmitted?: number;
}

/** Things that do not go together. */
export interface ReportConflict {
  /**
   * capture-beside-ai: one signer states capture and the use of a model. capture-over-ai: capture is stated, and a model by a source.
   * capture-beside-composite: one signer states capture and a composite. time-after-signing: a stated time lies after the proven one of signing.
   * time-before-source: a stated time or that of signing lies before the proven one of the source. format-differs: the bytes are of another format
   * than stated. caption-differs: what is signed of title, description, creator or date differs from the unsigned metadata.
   * capture-far-from-signing: the unsigned metadata dates it years before signing, or after it.
   */
  readonly kind:
    | 'capture-beside-ai'
    | 'capture-over-ai'
    | 'capture-beside-composite'
    | 'time-after-signing'
    | 'time-before-source'
    | 'format-differs'
    | 'caption-differs'
    | 'capture-far-from-signing';
  /** The things. */
  readonly evidence: readonly {
    /** What it is. */
    readonly kind: 'stated' | 'proven-time' | 'claimed-signing-time' | 'bytes' | 'unsigned-metadata';
    /** What it says. */
    readonly value: string;
    /** Label of the manifest it stands in. */
    readonly manifest: string | null;
    /** The box it stands in. */
    readonly uri: string | null;
  }[];
  /** How many entries of evidence are missing because the report would have become too long. */
  readonly evidenceOmitted?: number;
}

/** One manifest that the active one leads to; itself first. */
export interface ReportManifest {
  /** Its label in the store. */
  readonly label: string;
  /** Whether it binds content or adds to another manifest. */
  readonly kind: 'standard' | 'update';
  /** Version of the claim; null where it cannot be read. */
  readonly claimVersion: 1 | 2 | null;
  /** The state of this manifest by itself. */
  readonly state: 'Trusted' | 'Valid' | 'Invalid';
  /** Whether its statements and signature are as signed. Of an ingredient's manifest nothing is said about the content it was made for. */
  readonly integrity: 'intact' | 'changed' | 'against-rules';
  /** What the trust lists say of its signer. */
  readonly signerTrust: 'known' | 'known-to-older-list' | 'unknown' | 'no-list' | 'not-looked-up' | 'not-checked';
  /** Whether its certificate was withdrawn. */
  readonly revocation: 'not-revoked' | 'revoked' | 'unknown' | 'known-bad' | 'not-checked';
  readonly revocationDetails: ReportRevocationDetails;
  readonly time: ReportManifestTime;
  readonly signer: ReportSigner;
  /** What the claim says of itself, as written. */
  readonly claimed: {
    /** dc:title. */
    readonly title: string | null;
    /** dc:format. */
    readonly format: string | null;
    /** instanceID. */
    readonly instanceId: string | null;
    /** The program that made the claim. */
    readonly generator: string | null;
  };
  /** What the checks found, in their order. */
  readonly findings: readonly ReportFinding[];
  /** How many entries of findings are missing because the report would have become too long. */
  readonly findingsOmitted?: number;
  /** The entries of the claim's lists. */
  readonly assertions: readonly {
    /** The assertion's label, or the reference as written where it leads nowhere. */
    readonly label: string;
    /** Whether the signer states it, or passed it on without vouching for it. */
    readonly list: 'created' | 'gathered';
    /** Whether it is there with the hash the claim gives. */
    readonly matches: boolean;
  }[];
  /** How many entries of assertions are missing because the report would have become too long. */
  readonly assertionsOmitted?: number;
  /** What was done, in the order written; from assertions that match their hash. */
  readonly actions: readonly ReportAction[];
  /** How many entries of actions are missing because the report would have become too long. */
  readonly actionsOmitted?: number;
  /** What it was made from; from assertions that match their hash. */
  readonly ingredients: readonly ReportIngredient[];
  /** How many entries of ingredients are missing because the report would have become too long. */
  readonly ingredientsOmitted?: number;
  /** URIs of assertions of other manifests that this one says were removed. */
  readonly redactions: readonly string[];
  /** How many entries of redactions are missing because the report would have become too long. */
  readonly redactionsOmitted?: number;
  /** Who vouches in their own name for what stands in the manifest (CAWG identity 1.3). Changes no state, label or exit code. */
  readonly identities: readonly ReportIdentity[];
  /** How many entries of identities are missing because the report would have become too long. */
  readonly identitiesOmitted?: number;
  /** What the manifest says of mining and training. */
  readonly trainingMining: readonly ReportTrainingMining[];
  /** How many entries of trainingMining are missing because the report would have become too long. */
  readonly trainingMiningOmitted?: number;
}

/** An identity assertion and what its checks gave. */
export interface ReportIdentity {
  /** The assertion. */
  readonly uri: string;
  /**
   * well-formed: every check passed, and nobody the policy knows vouches for who signed it. not-checked: what it needs is not here or not supported,
   * or the manifest around it does not hold.
   */
  readonly state: 'trusted' | 'well-formed' | 'not-checked' | 'failed';
  /** Why. */
  readonly reason: string;
  /** How it is signed, as written; null where it cannot be read. */
  readonly signatureType: string | null;
  /** What the named one says to be to the content, as written. */
  readonly roles: readonly string[];
  /** How many entries of roles are missing because the report would have become too long. */
  readonly rolesOmitted?: number;
  /** The assertions vouched for. */
  readonly references: readonly {
    /** The reference as written. */
    readonly url: string;
    /** Label of the assertion; null where the reference leads to none. */
    readonly label: string | null;
    /** Label of the manifest it is an assertion of; null where the reference leads to none. */
    readonly manifest: string | null;
    /** Whether that manifest's claim lists it with the same hash. */
    readonly listed: boolean;
  }[];
  /** How many entries of references are missing because the report would have become too long. */
  readonly referencesOmitted?: number;
  /** The certificate that names who vouches, and who it is where that is proven; null where no certificate does. */
  readonly signer: ReportSigner;
  /** The DID of the aggregator of identity claims, as written; null where there is none. */
  readonly issuer: string | null;
  /** Whether the credential is proven to come from it and the policy takes its word; null where there is none. */
  readonly issuerTrusted: boolean | null;
  /** What the aggregator says it found out. */
  readonly attested: readonly {
    /** What was looked into, for instance cawg.social_media. */
    readonly type: string | null;
    /** The name, as the provider knows it. */
    readonly name: string | null;
    /** The name of the account. */
    readonly userName: string | null;
    /** The address of a wallet. */
    readonly address: string | null;
    /** Where to find it; fetched by nobody. */
    readonly uri: string | null;
    /** How the provider was asked. */
    readonly method: string | null;
    /** Who knew it. */
    readonly provider: string | null;
    /** The provider's URI; fetched by nobody. */
    readonly providerId: string | null;
    /** When it was found out, as the aggregator says. */
    readonly at: string | null;
    /** Which rule the entry breaks; null where none. */
    readonly fault: string | null;
  }[];
  /** How many entries of attested are missing because the report would have become too long. */
  readonly attestedOmitted?: number;
  /** When it was signed at the latest, where that is proven. */
  readonly signedAt: string | null;
}

/** A statement on mining and training, by its maker's words. */
export interface ReportTrainingMining {
  /** The assertion. */
  readonly uri: string;
  /** Whether the signer states it, or passed it on without vouching for it. */
  readonly list: 'created' | 'gathered';
  /** The best state of an identity assertion that vouches for it; null where nobody vouches for it in their own name. */
  readonly vouchedFor: 'trusted' | 'well-formed' | 'not-checked' | 'failed' | null;
  /** What is said of each use. */
  readonly uses: readonly {
    /** The use, for instance cawg.ai_generative_training. */
    readonly name: string;
    /** allowed, notAllowed, constrained or another word, as written. */
    readonly use: string | null;
    /** On what condition, as written. */
    readonly constraint: string | null;
    /** Whether it is not permitted: permission must be said. */
    readonly refused: boolean;
  }[];
  /** How many entries of uses are missing because the report would have become too long. */
  readonly usesOmitted?: number;
}
