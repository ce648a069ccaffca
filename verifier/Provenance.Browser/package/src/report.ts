export interface Report { readonly label: 'intact-known' | 'intact-unknown-issuer' | 'intact-time-unproven' | 'revoked' | 'broken' | 'unreadable' | 'not-checked' | 'none' }
