using Provenance.TestKit;

TestAuthority root = TestAuthority.Root("Example Root CA");
TestCertificate signer = root.Intermediate("Example Issuing CA").Issue("Example Newsroom Signing");
string dir = args[0];
Directory.CreateDirectory(dir);
File.WriteAllText(Path.Combine(dir, "anchors.pem"), root.AnchorPem);
new ManifestBuilder("first").Created().SignedBy(signer).Embed(TestJpeg.Of(TestPicture.Landscape())).Save(Path.Combine(dir, "first.jpg"));
